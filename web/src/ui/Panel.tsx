import type { ComponentProps, ElementType } from 'react';
import { classNames } from './class-names';

interface PanelProps extends ComponentProps<'section'> {
  /** `floating` for what lies above panels: controls over the film, a bar that follows. */
  depth?: 'panel' | 'floating';
  as?: ElementType;
}

/** A sheet of glass. Give it `aria-labelledby` or `aria-label` when it is a region people look for. */
export function Panel({ depth = 'panel', as: Tag = 'section', className, ...rest }: PanelProps) {
  return (
    <Tag
      className={classNames('rounded-lg', depth === 'floating' ? 'glass-floating' : 'glass-panel', className)}
      {...rest}
    />
  );
}
