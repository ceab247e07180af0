/** A key of the keyboard. */
export function Key({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-[5px] border border-line bg-inset px-1.5 font-sans text-dim text-xs">
      {children}
    </kbd>
  );
}
