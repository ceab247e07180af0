import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { Panel } from '@/ui/Panel';
import { usePageTitle } from '@/ui/use-page-title';
import { JoinByCode } from './JoinByCode';
import { LivingPicture } from './LivingPicture';
import { ShelfSkeleton } from './ShelfSkeleton';
import { StartRoom } from './StartRoom';
import { Steps } from './Steps';

// Only for people with an account, so it is not in everybody's first page.
const Shelf = lazy(async () => ({ default: (await import('./Shelf')).Shelf }));
const FilmShelf = lazy(async () => ({ default: (await import('@/features/uploads')).FilmShelf }));

/** One sentence, one large action, one field for a code; behind them a quiet picture of what this is. */
export function HomePage() {
  const { t } = useTranslation();
  const session = useSession((state) => state.session);
  usePageTitle(t('home.title'));
  return (
    <div className="flex flex-col gap-16 pt-4 sm:pt-10 lg:gap-20">
      <section className="grid items-start gap-10 lg:grid-cols-[minmax(0,27rem)_minmax(0,1fr)] lg:gap-14">
        <div className="flex flex-col gap-7">
          <div className="flex flex-col gap-4">
            <h1 className="text-balance font-semibold text-[2rem] leading-[1.12] tracking-[-0.028em] sm:text-2xl">
              {t('home.headline')}
            </h1>
            <p className="text-pretty text-base text-dim">{t('home.lead')}</p>
          </div>
          <Panel className="flex flex-col gap-5 p-5 sm:p-6">
            <StartRoom />
            <hr className="border-line" />
            <JoinByCode />
          </Panel>
        </div>
        <div className="lg:sticky lg:top-10">
          <LivingPicture label={t('home.picture')} />
        </div>
      </section>
      {session.kind === 'account' ? (
        <Suspense fallback={<ShelfSkeleton />}>
          <Shelf />
          <FilmShelf />
        </Suspense>
      ) : (
        <Steps />
      )}
    </div>
  );
}
