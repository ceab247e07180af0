import { LoaderCircle } from 'lucide-react';

/** Only inside something that has words already (a pressed button); a page that loads shows skeletons. */
export function Spinner({ size = 18 }: { size?: number }) {
  return <LoaderCircle size={size} className="animate-turn" aria-hidden="true" />;
}
