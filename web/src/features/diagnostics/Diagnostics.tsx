import { lazy, Suspense, useCallback, useEffect } from 'react';
import { useSession } from '@/connection';
import { closeDiagnostics, toggleDiagnostics, useDiagnosticsOpen } from './open-diagnostics';
import { recordPage } from './record-page';
import { recordRoom } from './record-room';

/** Arrives when somebody wants it: most never do. */
const DiagnosticsPanel = lazy(async () => ({ default: (await import('./DiagnosticsPanel')).DiagnosticsPanel }));

/** Takes notes of the room all the time, and shows them when they are asked for. */
export function Diagnostics() {
  const session = useSession();
  const open = useDiagnosticsOpen();
  const close = useCallback(closeDiagnostics, []);
  useEffect(() => recordRoom(session.store), [session]);
  useEffect(recordPage, []);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.altKey || event.code !== 'KeyD' || event.repeat) return;
      event.preventDefault();
      toggleDiagnostics();
    };
    document.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('keydown', pressed);
      closeDiagnostics();
    };
  }, []);
  return open ? (
    <Suspense fallback={null}>
      <DiagnosticsPanel onClose={close} />
    </Suspense>
  ) : null;
}
