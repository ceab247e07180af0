/** How many hues `theme.css` has for people. */
export const PERSON_COLOURS = 8;

/** The colour of a participant: avatar, name in chat, mark on the seek bar. The index is given by the room and stays. */
export function personColour(index: number): string {
  const hue = ((Math.trunc(index) % PERSON_COLOURS) + PERSON_COLOURS) % PERSON_COLOURS;
  return `var(--person-${hue + 1})`;
}

/** The hue of an account outside a room: always the same for the same id. */
export function accountColour(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum % PERSON_COLOURS;
}
