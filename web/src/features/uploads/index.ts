export { FilmShelf } from './FilmShelf';
export { UploadDrop, type UploadDropProps } from './UploadDrop';
export { UploadProgress, UploadRow } from './UploadProgress';
export { isOpen, sentShare, type UploadEntry, type UploadState } from './upload-entry';
export { cancelUpload, dropUpload, uploadFile } from './upload-store';
export { useUploadOf, useUploads } from './use-uploads';
export { isWrongFile } from './wrong-file';
