import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Panel } from '@/ui/Panel';
import { usePageTitle } from '@/ui/use-page-title';

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t('app.notFound.title'));
  return (
    <Panel className="mx-auto mt-[12vh] max-w-lg">
      <EmptyState
        icon={<Compass size={26} aria-hidden="true" />}
        titleAs="h1"
        title={t('app.notFound.title')}
        text={t('app.notFound.text')}
        action={
          <Button variant="primary" asChild>
            <Link to="/">{t('app.notFound.home')}</Link>
          </Button>
        }
      />
    </Panel>
  );
}
