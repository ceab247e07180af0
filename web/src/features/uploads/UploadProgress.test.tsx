import { screen } from '@testing-library/react';
import { http } from 'msw';
import { expect, test, vi } from 'vitest';
import { mockServer, problem } from '@/test/mock-server';
import { showPage } from '@/test/show-page';
import { useToasts } from '@/ui/toast-store';
import { UploadRow } from './UploadProgress';
import type { UploadEntry } from './upload-entry';
import { useUploadStore } from './upload-store';

const LEFT: UploadEntry = {
  id: 'left',
  videoId: 'v1',
  room: undefined,
  fileName: 'film.mp4',
  sizeBytes: 1000,
  sentBytes: 400,
  state: { kind: 'interrupted' },
};

// UPL-1, WEB-7
test('an upload that the server could not throw away is told of', async () => {
  mockServer.use(http.delete('*/api/v1/videos/v1', () => problem(503, 'unavailable')));
  useUploadStore.setState({ uploads: [LEFT] });
  const { user } = showPage(<UploadRow entry={LEFT} />);
  await user.click(screen.getByRole('button', { name: 'Cancel upload' }));
  await vi.waitFor(() => expect(useToasts.getState().toasts.at(-1)?.text).toContain('busy or starting'));
});
