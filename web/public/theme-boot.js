// Runs before the first paint, so that somebody who chose the light theme never sees a dark flash.
// Kept in step with src/ui/theme.ts, which owns the keys.
(() => {
  const root = document.documentElement;
  let glass = null;
  try {
    const theme = localStorage.getItem('syncwatch.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    glass = localStorage.getItem('syncwatch.glass');
  } catch {
    // Storage can be forbidden; the system's theme is used then.
  }
  // Blurring what lies behind a panel is dear on a device with little memory; told in gigabytes, by some browsers.
  if (glass === 'off' || (glass === null && navigator.deviceMemory <= 2)) root.dataset.glass = 'off';
})();
