import { Skeleton } from '@/ui/Skeleton';

export function ShelfSkeleton() {
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {['one', 'two', 'three'].map((key) => (
        <Skeleton key={key} className="h-28 rounded-lg" />
      ))}
    </div>
  );
}
