import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { z } from 'zod/mini';
import { login } from '@/api/auth';
import { problemMessage } from '@/api/problem';
import { Button } from '@/ui/Button';
import { FieldNote } from '@/ui/FieldNote';
import { PasswordField } from '@/ui/PasswordField';
import { TextField } from '@/ui/TextField';
import { usePageTitle } from '@/ui/use-page-title';
import { AuthCard } from './AuthCard';
import { nextPage } from './next-page';
import { useAccountForm } from './use-account-form';

const credentials = z.object({ login: z.string(), password: z.string() });

export function LoginPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [params] = useSearchParams();
  usePageTitle(t('auth.login.title'));
  const { form, problem, onSubmit } = useAccountForm({
    schema: credentials,
    defaults: { login: '', password: '' },
    submit: async ({ login: name, password }) => {
      await login(name.trim(), password);
      await navigate(nextPage(params), { replace: true });
    },
  });
  return (
    <AuthCard title={t('auth.login.title')} lead={t('auth.login.lead')}>
      <form className="flex flex-col gap-4" onSubmit={onSubmit} noValidate>
        <TextField label={t('auth.loginName')} autoComplete="username" spellCheck={false} {...form.register('login')} />
        <PasswordField label={t('auth.password')} autoComplete="current-password" {...form.register('password')} />
        {problem ? (
          <FieldNote id="login-problem" tone="error">
            {problemMessage(problem)}
          </FieldNote>
        ) : null}
        <Button type="submit" variant="primary" size="lg" busy={form.formState.isSubmitting}>
          {t('auth.login.button')}
        </Button>
      </form>
      <p className="text-center text-dim text-sm">
        {t('auth.login.noAccount')}{' '}
        <Link to={`/register${search}`} className="font-semibold text-accent-text underline-offset-4 hover:underline">
          {t('auth.login.register')}
        </Link>
      </p>
    </AuthCard>
  );
}
