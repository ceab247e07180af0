/** The tus requests of a page, as the browser sent them. */
import type { Page } from 'playwright-core';

export interface UploadRequest {
  method: string;
  path: string;
  /** `Upload-Offset` as the page sent it. */
  from: number | null;
  /** `Upload-Offset` as the server answered it; `null` while there is no answer. */
  acknowledged: number | null;
}

/** Starts to listen. The list grows in the order in which requests were sent. */
export function listenToUploads(page: Page): UploadRequest[] {
  const seen: UploadRequest[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/api/v1/videos/upload')) return;
    const entry: UploadRequest = {
      method: request.method(),
      path: pathname,
      from: offset(request.headers()),
      acknowledged: null,
    };
    seen.push(entry);
    // No answer comes when the page or the server goes away, which is what these tests are about.
    void request.response().then(
      (response) => {
        entry.acknowledged = response ? offset(response.headers()) : null;
      },
      () => undefined,
    );
  });
  return seen;
}

function offset(headers: Record<string, string>): number | null {
  const value = headers['upload-offset'];
  return value === undefined ? null : Number(value);
}
