import { createBrowserRouter, type RouteObject } from 'react-router';
import { HomePage } from '@/features/home/HomePage';
import { Layout } from './Layout';
import { NotFoundPage } from './NotFoundPage';
import { PageError } from './PageError';
import { PageSkeleton } from './PageSkeleton';

/** A page that arrives when somebody goes there. */
function lazily(load: () => Promise<React.ComponentType>): Pick<RouteObject, 'lazy'> {
  return { lazy: { Component: load } };
}

const pages: RouteObject[] = [
  { index: true, Component: HomePage },
  { path: 'login', ...lazily(async () => (await import('@/features/auth/LoginPage')).LoginPage) },
  { path: 'register', ...lazily(async () => (await import('@/features/auth/RegisterPage')).RegisterPage) },
  { path: 'films', ...lazily(async () => (await import('@/features/uploads/FilmsPage')).FilmsPage) },
  { path: 'settings', ...lazily(async () => (await import('@/features/settings/SettingsPage')).SettingsPage) },
  { path: '*', Component: NotFoundPage },
];

/** Every component in every state, for looking at; absent from what is built for people. */
const workshop: RouteObject[] = import.meta.env.DEV
  ? [{ path: '/dev/ui', ...lazily(async () => (await import('./dev/GalleryPage')).GalleryPage) }]
  : [];

export const router = createBrowserRouter([
  {
    ErrorBoundary: PageError,
    HydrateFallback: PageSkeleton,
    children: [
      { Component: Layout, children: [{ ErrorBoundary: PageError, children: pages }] },
      { path: '/r/:code', ...lazily(async () => (await import('@/features/lobby/EntrancePage')).EntrancePage) },
      ...workshop,
    ],
  },
]);
