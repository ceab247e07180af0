const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function firstGrapheme(word: string): string {
  for (const { segment } of segmenter.segment(word)) return segment;
  return '';
}

/** One or two letters for an avatar. Works on graphemes, so an emoji or an accent is not cut in half. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s\-_.]+/u)
    .filter((word) => /[\p{L}\p{Extended_Pictographic}]/u.test(word));
  const letters = words.slice(0, 2).map(firstGrapheme).join('');
  return (letters || firstGrapheme(name.trim()) || '?').toLocaleUpperCase();
}
