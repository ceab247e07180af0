import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Screen } from './use-screen';
import { useSide } from './use-side';

const show = (screen: Screen) =>
  renderHook((props: { screen: Screen }) => useSide(props.screen), { initialProps: { screen } });

// WEB-1
test('people and chat beside the film stay as they were left', () => {
  const first = show('wide');
  expect(first.result.current.shown).toBe(true);
  act(() => first.result.current.toggle());
  expect(first.result.current.shown).toBe(false);
  expect(show('wide').result.current.shown).toBe(false);
});

// WEB-1
test('on a phone on its side they come over the film when they are called, and are gone after it was turned', () => {
  const { result, rerender } = show('sideways');
  expect(result.current.shown).toBe(false);
  act(() => result.current.toggle());
  expect(result.current.shown).toBe(true);
  rerender({ screen: 'upright' });
  expect(result.current.shown).toBe(true);
  rerender({ screen: 'sideways' });
  expect(result.current.shown).toBe(false);
  expect(show('wide').result.current.shown).toBe(true);
});
