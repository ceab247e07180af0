/** The theme a person chose. `system` follows the device. Read before the first paint by public/theme-boot.js. */
export type ThemeChoice = 'system' | 'dark' | 'light';

const STORAGE_KEY = 'syncwatch.theme';

export function readTheme(): ThemeChoice {
  const stored = localStorage.getItem(STORAGE_KEY);
  return stored === 'dark' || stored === 'light' ? stored : 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') {
    localStorage.removeItem(STORAGE_KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(STORAGE_KEY, choice);
    document.documentElement.dataset.theme = choice;
  }
}

const GLASS_KEY = 'syncwatch.glass';

/** Whether panels are glass here. Off by choice, or at first on devices with little memory. */
export function readGlass(): boolean {
  return document.documentElement.dataset.glass !== 'off';
}

export function chooseGlass(on: boolean): void {
  localStorage.setItem(GLASS_KEY, on ? 'on' : 'off');
  if (on) delete document.documentElement.dataset.glass;
  else document.documentElement.dataset.glass = 'off';
}
