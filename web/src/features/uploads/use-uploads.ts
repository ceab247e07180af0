import { useEffect } from 'react';
import type { VideoId } from '@/api/generated/protocol';
import type { UploadEntry } from './upload-entry';
import { restoreUploads, useUploadStore } from './upload-store';

/** Every upload of this tab and those left by earlier visits, newest last. */
export function useUploads(): UploadEntry[] {
  useEffect(() => {
    void restoreUploads();
  }, []);
  return useUploadStore((state) => state.uploads);
}

/** The upload of one film, if this browser is the one that sends it. */
export function useUploadOf(videoId: VideoId | undefined): UploadEntry | undefined {
  return useUploads().find((entry) => videoId !== undefined && entry.videoId === videoId);
}
