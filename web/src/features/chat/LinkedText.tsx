import { linkedText } from './linked-text';

/** What somebody wrote: text, with its addresses as links that carry nothing of us along. */
export function LinkedText({ text }: { text: string }) {
  return linkedText(text).map((part, index) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never reorder
        key={index}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent-text underline underline-offset-2"
      >
        {part.text}
      </a>
    ),
  );
}
