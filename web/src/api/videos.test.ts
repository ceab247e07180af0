import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { grantFor, mockServer } from '@/test/mock-server';
import { video } from '@/test/room-fixtures';
import { rememberGrant } from './room-memory';
import { ownVideo } from './videos';

// TRN-6, UPL-5
test('whether a film is her own, a guest learns with the token of her room', async () => {
  rememberGrant(grantFor('K7MQ4XWP', 'Ada'));
  mockServer.use(
    http.get('*/api/v1/videos', ({ request }) => {
      const ada = request.headers.get('Authorization') === 'Bearer guest-of-K7MQ4XWP';
      return HttpResponse.json({ items: ada ? [video({ id: 'hers' })] : [] });
    }),
  );
  expect(await ownVideo('hers', 'K7MQ4XWP')).toMatchObject({ id: 'hers' });
  expect(await ownVideo('of somebody else', 'K7MQ4XWP')).toBeNull();
});
