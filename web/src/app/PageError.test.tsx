import { act, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';
import { PageError } from './PageError';

const reload = vi.fn();

beforeEach(() => {
  reload.mockReset();
  vi.spyOn(location, 'reload').mockImplementation(reload);
});

async function showFailed(error: Error) {
  const fails = () => Promise.reject(error);
  render(<RouterProvider router={createMemoryRouter([{ path: '/', lazy: fails, ErrorBoundary: PageError }])} />);
  await screen.findByRole('alert');
  // What the page does by itself comes after it is drawn.
  await act(async () => {});
}

const MISSING = new TypeError('Failed to fetch dynamically imported module: /assets/FilmsPage.js');

// WEB-7
test('a page whose file is gone after an update is loaded anew, once', async () => {
  await showFailed(MISSING);
  expect(reload).toHaveBeenCalledTimes(1);
  dispatchEvent(new Event('online'));
  expect(reload).toHaveBeenCalledTimes(1);
});

// WEB-7
test('a page that the network kept back comes when the network does', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  await showFailed(MISSING);
  expect(reload).not.toHaveBeenCalled();
  dispatchEvent(new Event('online'));
  expect(reload).toHaveBeenCalledTimes(1);
});

// WEB-7
test('a page that fails for another reason is not loaded again and again', async () => {
  await showFailed(new Error('x is not a function'));
  dispatchEvent(new Event('online'));
  expect(reload).not.toHaveBeenCalled();
});
