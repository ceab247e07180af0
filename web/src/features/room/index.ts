export { RoomPage, type RoomPageProps } from './RoomPage';
