import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { restoreSession } from '@/api/session';
import { startTranslation } from '@/i18n';
import '@/ui/theme.css';
import { Providers } from './Providers';
import { router } from './router';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has an element with the id root');

// Who is there is asked at once, beside the first drawing.
void restoreSession();

void startTranslation().then(() => {
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </StrictMode>,
  );
});
