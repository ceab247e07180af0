import { classNames } from './class-names';
import { initials } from './initials';
import { personColour } from './person-colour';
import { Ring, type SyncRing } from './Ring';

export interface AvatarProps {
  name: string;
  /** Which of the people's hues; given by the room. */
  colour: number;
  size?: 'sm' | 'md' | 'lg';
  /** Draws the sync ring around it. Say the state in words nearby; a colour alone tells nothing. */
  sync?: SyncRing;
  away?: boolean;
}

const SIZES = { sm: 28, md: 36, lg: 56 } as const;

/** A person as a coloured disc with initials. The name stands beside it, so the picture itself is silent. */
export function Avatar({ name, colour, size = 'md', sync, away = false }: AvatarProps) {
  const pixels = SIZES[size];
  const disc = (
    <span
      aria-hidden="true"
      className={classNames(
        'inline-flex shrink-0 select-none items-center justify-center rounded-full font-semibold text-[oklch(0.17_0.03_285)]',
        away && 'opacity-45 grayscale',
      )}
      style={{
        width: pixels,
        height: pixels,
        fontSize: Math.round(pixels * 0.38),
        // The light values of the hues are too deep for dark initials, so the disc always uses the dark scheme's.
        colorScheme: 'dark',
        background: `linear-gradient(140deg, color-mix(in oklch, ${personColour(colour)} 80%, white), ${personColour(colour)})`,
      }}
    >
      {initials(name)}
    </span>
  );
  return sync ? (
    <Ring state={sync} size={pixels + 8}>
      {disc}
    </Ring>
  ) : (
    disc
  );
}

/** The first people of a group, and how many more. */
export function AvatarStack({ people, max = 5 }: { people: { name: string; colour: number }[]; max?: number }) {
  const rest = people.length - max;
  return (
    <span className="isolate flex shrink-0 -space-x-2" aria-hidden="true">
      {people.slice(0, max).map((person, index) => (
        // The first lies on top, so that every disc keeps its letters' side.
        <span
          key={`${person.name}-${person.colour}`}
          className="relative rounded-full ring-2 ring-(--surface-solid)"
          style={{ zIndex: max - index }}
        >
          <Avatar name={person.name} colour={person.colour} />
        </span>
      ))}
      {rest > 0 ? (
        <span className="tabular inline-flex size-9 items-center justify-center rounded-full bg-solid text-dim text-xs ring-2 ring-(--surface-solid)">
          +{rest}
        </span>
      ) : null}
    </span>
  );
}
