import type { Player } from '@/players';
import { classNames } from '@/ui/class-names';
import { cueLines } from './cue-text';
import { useSubtitleLook } from './subtitle-store';
import { useActiveCues } from './use-active-cues';
import type { Subtitles } from './use-subtitles';
import './subtitles.css';

interface SubtitleOverlayProps {
  player: Player | null;
  subtitles: Subtitles;
  /** The controls' height while they are there: what is read stands above them. */
  raisedBy: number;
}

/**
 * The subtitles over the picture. An overlay rather than the browser's own: each engine sizes and places those in its way, none
 * of them knows our controls, and their delay would mean rewriting every cue.
 */
export function SubtitleOverlay({ player, subtitles, raisedBy }: SubtitleOverlayProps) {
  const { size, background } = useSubtitleLook();
  const active = useActiveCues(player, subtitles.cues, subtitles.delayMs);
  if (active.length === 0) return null;
  const language = subtitles.shown?.language ?? undefined;
  return (
    <div className="subtitles" data-size={size} data-background={background} lang={language}>
      {[true, false].map((top) => (
        <div
          key={String(top)}
          className={classNames('subtitles-edge', top && 'subtitles-top')}
          style={top ? undefined : { translate: `0 ${-raisedBy}px` }}
        >
          {active
            .filter((cue) => cue.top === top)
            .map((cue) => (
              <Cue key={`${cue.startMs} ${cue.text}`} text={cue.text} />
            ))}
        </div>
      ))}
    </div>
  );
}

/** Each line finds its own direction: a Hebrew line may stand above an English one. */
function Cue({ text }: { text: string }) {
  return (
    <p className="subtitles-cue">
      {cueLines(text).map((line, lineIndex) => (
        // Lines and pieces of one cue never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={lineIndex} dir="auto" className="subtitles-line">
          <span className="subtitles-text">
            {line.map(({ text: piece, italic, bold, underline }, index) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                key={index}
                className={classNames(italic && 'italic', bold && 'font-bold', underline && 'underline')}
              >
                {piece}
              </span>
            ))}
          </span>
        </span>
      ))}
    </p>
  );
}
