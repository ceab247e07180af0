import { useTranslation } from 'react-i18next';
import { changePassword } from '@/api/auth';
import { problemMessage } from '@/api/problem';
import { Button } from '@/ui/Button';
import { FieldNote } from '@/ui/FieldNote';
import { PasswordField } from '@/ui/PasswordField';
import { toast } from '@/ui/toast-store';
import { passwordChange } from './account-schema';
import { fieldMessage } from './field-problem';
import { useAccountForm } from './use-account-form';

export function ChangePassword() {
  const { t } = useTranslation();
  const { form, problem, onSubmit } = useAccountForm({
    schema: passwordChange,
    defaults: { currentPassword: '', newPassword: '' },
    rename: { password: 'newPassword' },
    submit: async ({ currentPassword, newPassword }) => {
      await changePassword(currentPassword, newPassword);
      form.reset();
      toast({ text: t('auth.change.done'), tone: 'good' });
    },
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <form className="flex flex-col gap-4" onSubmit={onSubmit} noValidate>
      <PasswordField
        label={t('auth.change.current')}
        autoComplete="current-password"
        error={fieldMessage(errors.currentPassword?.message)}
        {...form.register('currentPassword')}
      />
      <PasswordField
        label={t('auth.change.new')}
        autoComplete="new-password"
        hint={t('auth.change.hint')}
        error={fieldMessage(errors.newPassword?.message)}
        {...form.register('newPassword')}
      />
      {problem ? (
        <FieldNote id="change-problem" tone="error">
          {problemMessage(problem)}
        </FieldNote>
      ) : null}
      <Button type="submit" className="self-start" busy={isSubmitting}>
        {t('auth.change.button')}
      </Button>
    </form>
  );
}
