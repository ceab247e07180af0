import { useEffect } from 'react';

/** The tab's title: the page first, the product after it. */
export function usePageTitle(title?: string): void {
  useEffect(() => {
    document.title = title ? `${title} · SyncWatch` : 'SyncWatch';
  }, [title]);
}
