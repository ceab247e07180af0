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

// ACC-6
test('a suggestion is the same at the next visit, until somebody asks for another', async () => {
  let made = 0;
  mockServer.use(http.get('*/api/v1/nickname', () => HttpResponse.json({ nickname: `Brave Otter ${++made}` })));
  const first = render(<Door />);
  await screen.findByDisplayValue('Brave Otter 1');
  first.unmount();
  const second = render(<Door />);
  expect(screen.getByRole('textbox', { name: 'Nickname' })).toHaveValue('Brave Otter 1');
  await userEvent.click(screen.getByRole('button', { name: 'Another nickname' }));
  await screen.findByDisplayValue('Brave Otter 2');
  second.unmount();
  render(<Door />);
  expect(screen.getByRole('textbox', { name: 'Nickname' })).toHaveValue('Brave Otter 2');
});
