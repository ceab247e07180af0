/** The film: player, controls, and the loop that keeps it in step with the room. */

export { PlayerStage } from './PlayerStage';
export { useOwnFilm } from './use-own-film';
export { type PlayerHandle, usePlayer } from './use-player';
