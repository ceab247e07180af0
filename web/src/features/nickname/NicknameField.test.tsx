import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { mockServer } from '@/test/mock-server';
import { NicknameField } from './NicknameField';
import { useNickname } from './use-nickname';

function Door() {
  return <NicknameField nickname={useNickname()} />;
}

// ACC-6
test('a suggestion that comes late gives way to who is about to type', async () => {
  let arrive = () => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const suggestion = async () => {
    await late;
    return HttpResponse.json({ nickname: 'Brave Otter 42' });
  };
  mockServer.use(http.get('*/api/v1/nickname', suggestion));
  render(<Door />);
  const field = screen.getByRole('textbox', { name: 'Nickname' });
  await userEvent.click(field);
  arrive();
  await screen.findByDisplayValue('Brave Otter 42');
  await userEvent.keyboard('Ada');
  expect(field).toHaveValue('Ada');
});
