import { Clapperboard, DoorOpen, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';

export function Steps() {
  const { t } = useTranslation();
  const steps = [
    { icon: DoorOpen, title: t('home.steps.open'), text: t('home.steps.openText') },
    { icon: Clapperboard, title: t('home.steps.drop'), text: t('home.steps.dropText') },
    { icon: Users, title: t('home.steps.watch'), text: t('home.steps.watchText') },
  ];
  return (
    <section aria-labelledby="steps" className="flex flex-col gap-6">
      <h2 id="steps" className="font-semibold text-lg tracking-[-0.01em]">
        {t('home.steps.title')}
      </h2>
      <ol className="grid gap-x-10 gap-y-7 md:grid-cols-3">
        {steps.map(({ icon: Icon, title, text }) => (
          <li key={title} className="flex gap-4 md:flex-col md:gap-3">
            <span className="inline-flex size-11 shrink-0 items-center justify-center rounded-md bg-accent-soft text-accent-text">
              <Icon size={22} aria-hidden="true" />
            </span>
            <div className="flex flex-col gap-1">
              <h3 className="font-semibold text-base">{title}</h3>
              <p className="max-w-[40ch] text-pretty text-dim text-sm">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
