import { useSearchParams } from 'react-router';
import { type FilmOrder, isFilmOrder } from './film-order';

const NEWEST: FilmOrder = 'newest';

/** Search and order stand in the address, so that the way back from a film leads to the same list. */
export function useFilmOrder() {
  const [params, setParams] = useSearchParams();
  const named = params.get('order');
  const change = (name: string, value: string) =>
    setParams(
      (now) => {
        if (value === '') now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  return {
    query: params.get('q') ?? '',
    order: isFilmOrder(named) ? named : NEWEST,
    search: (query: string) => change('q', query),
    sort: (order: FilmOrder) => change('order', order === NEWEST ? '' : order),
  };
}
