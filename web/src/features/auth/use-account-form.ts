import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { type DefaultValues, type FieldValues, type Path, useForm } from 'react-hook-form';
import type { ZodMiniType } from 'zod/mini';
import { ProblemError } from '@/api/problem';
import { wrongFields } from './field-problem';

export interface AccountFormOptions<Values extends FieldValues> {
  schema: ZodMiniType<Values, Values>;
  defaults: DefaultValues<Values>;
  submit: (values: Values) => Promise<void>;
  /** Where the server's name of a field is another than the form's. */
  rename?: Record<string, Path<Values>>;
}

/** A form whose complaints, ours and the server's, stand under the field that they are about. */
export function useAccountForm<Values extends FieldValues>(options: AccountFormOptions<Values>) {
  const { schema, defaults, submit, rename = {} } = options;
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: defaults, mode: 'onTouched' });
  const [problem, setProblem] = useState<ProblemError>();

  const onSubmit = form.handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      await submit(values as Values);
    } catch (cause) {
      const error = cause instanceof ProblemError ? cause : new ProblemError('unknown', 0);
      const known = wrongFields(error)
        .map(({ field, code }) => ({ name: rename[field] ?? (field as Path<Values>), code }))
        .filter(({ name }) => name in form.getValues());
      for (const { name, code } of known) form.setError(name, { message: code });
      // One focus only: leaving a field checks it anew and would wipe what the server said about it.
      const [first] = known;
      if (first) form.setFocus(first.name);
      else setProblem(error);
    }
  });
  return { form, problem, onSubmit };
}
