import { ArrowDownUp, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/ui/Button';
import { Menu } from '@/ui/Menu';
import { TextField } from '@/ui/TextField';
import { FILM_ORDERS, isFilmOrder } from './film-order';
import type { useFilmOrder } from './use-film-order';

/** Search and order, once there are more films than the eye takes in at once. */
export function FilmTools({ query, order, search, sort }: ReturnType<typeof useFilmOrder>) {
  const { t } = useTranslation();
  return (
    <search className="flex items-end gap-2">
      <TextField
        label={t('uploads.films.search')}
        hideLabel
        type="search"
        value={query}
        placeholder={t('uploads.films.search')}
        autoComplete="off"
        className="min-w-0 flex-1 sm:max-w-72"
        trailing={<Search size={18} className="mr-2 text-faint" aria-hidden="true" />}
        onChange={(event) => search(event.target.value)}
      />
      <Menu
        trigger={
          <Button
            aria-label={t('uploads.films.order', { order: t(`uploads.films.orders.${order}`) })}
            icon={<ArrowDownUp size={16} aria-hidden="true" />}
          >
            <span className="max-sm:hidden">{t(`uploads.films.orders.${order}`)}</span>
          </Button>
        }
        entries={[
          {
            kind: 'options',
            value: order,
            options: FILM_ORDERS.map((value) => ({ value, label: t(`uploads.films.orders.${value}`) })),
            onSelect: (value) => isFilmOrder(value) && sort(value),
          },
        ]}
      />
    </search>
  );
}
