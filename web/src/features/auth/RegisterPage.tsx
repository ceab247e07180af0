import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { register } from '@/api/auth';
import { problemMessage } from '@/api/problem';
import { guestRoom } from '@/api/room-memory';
import { Button } from '@/ui/Button';
import { FieldNote } from '@/ui/FieldNote';
import { PasswordField } from '@/ui/PasswordField';
import { TextField } from '@/ui/TextField';
import { usePageTitle } from '@/ui/use-page-title';
import { AuthCard } from './AuthCard';
import { registration } from './account-schema';
import { fieldMessage } from './field-problem';
import { nextPage, roomOf } from './next-page';
import { useAccountForm } from './use-account-form';

/** A guest who registers keeps his room and his films, and is told so. */
export function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [params] = useSearchParams();
  usePageTitle(t('auth.register.title'));
  const cameFrom = roomOf(nextPage(params));
  const { form, problem, onSubmit } = useAccountForm({
    schema: registration,
    defaults: { email: '', username: '', password: '' },
    submit: async (values) => {
      await register(values, cameFrom);
      await navigate(nextPage(params), { replace: true });
    },
  });
  const { errors, isSubmitting } = form.formState;
  return (
    <AuthCard
      title={t('auth.register.title')}
      lead={guestRoom(cameFrom) ? t('auth.register.leadGuest') : t('auth.register.lead')}
    >
      <form className="flex flex-col gap-4" onSubmit={onSubmit} noValidate>
        <TextField
          label={t('auth.email')}
          type="email"
          autoComplete="email"
          error={fieldMessage(errors.email?.message)}
          {...form.register('email')}
        />
        <TextField
          label={t('auth.username')}
          autoComplete="username"
          spellCheck={false}
          hint={t('auth.usernameHint')}
          error={fieldMessage(errors.username?.message)}
          {...form.register('username')}
        />
        <PasswordField
          label={t('auth.password')}
          autoComplete="new-password"
          hint={t('auth.passwordHint')}
          error={fieldMessage(errors.password?.message)}
          {...form.register('password')}
        />
        {problem ? (
          <FieldNote id="register-problem" tone="error">
            {problemMessage(problem)}
          </FieldNote>
        ) : null}
        <Button type="submit" variant="primary" size="lg" busy={isSubmitting}>
          {t('auth.register.button')}
        </Button>
      </form>
      <p className="text-center text-dim text-sm">
        {t('auth.register.haveAccount')}{' '}
        <Link to={`/login${search}`} className="font-semibold text-accent-text underline-offset-4 hover:underline">
          {t('auth.register.login')}
        </Link>
      </p>
    </AuthCard>
  );
}
