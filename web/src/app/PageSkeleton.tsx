import { Skeleton } from '@/ui/Skeleton';

/** The first moment of a page that is opened by its own address. */
export function PageSkeleton() {
  return (
    <div className="page-light min-h-dvh">
      <div className="mx-auto flex max-w-6xl flex-col gap-6 px-5 pt-28 sm:px-8">
        <Skeleton className="h-9 w-64" />
        <Skeleton className="h-48 rounded-lg" />
      </div>
    </div>
  );
}
