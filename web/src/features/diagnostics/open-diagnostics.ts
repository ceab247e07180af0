import { create } from 'zustand';

/** As browsers without a keyboard of their own language write it; `code` is what counts. */
export const DIAGNOSTICS_KEYS = 'Ctrl+Shift+D';

const useStore = create<{ open: boolean }>(() => ({ open: false }));

export const useDiagnosticsOpen = () => useStore(({ open }) => open);
export const openDiagnostics = () => useStore.setState({ open: true });
export const closeDiagnostics = () => useStore.setState({ open: false });
export const toggleDiagnostics = () => useStore.setState(({ open }) => ({ open: !open }));
