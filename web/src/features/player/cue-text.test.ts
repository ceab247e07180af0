import { expect, test } from 'vitest';
import { cueLines } from './cue-text';

const read = (payload: string) =>
  cueLines(payload).map((line) =>
    line.map(
      ({ text, italic, bold, underline }) => `${italic ? '/' : ''}${bold ? '*' : ''}${underline ? '_' : ''}${text}`,
    ),
  );

// SRC-6
test('slanted, bold and underlined text is kept, also over the end of a line', () => {
  expect(read('I <i>said\nno</i> <b>and <u>meant</u></b> it')).toEqual([
    ['I ', '/said'],
    ['/no', ' ', '*and ', '*_meant', ' it'],
  ]);
});

// SRC-6
test('marks of other kinds leave their text alone, and nothing that is written runs as anything', () => {
  expect(read('<v Ada><c.loud>Hey</c></v> <00:00:01.000>you')).toEqual([['Hey', ' ', 'you']]);
  expect(read('&lt;script&gt; &amp;amp; &unknown;')).toEqual([['<script> &amp; &unknown;']]);
});
