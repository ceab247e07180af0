import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { startTranslation } from '@/i18n';
import { mockServer } from './mock-server';

beforeAll(async () => {
  mockServer.listen({ onUnhandledRequest: 'error' });
  await startTranslation();
});

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  cleanup();
  mockServer.resetHandlers();
});

afterAll(() => mockServer.close());
