import type { en } from '../en';
import app from './app.json';
import auth from './auth.json';
import chat from './chat.json';
import connection from './connection.json';
import diagnostics from './diagnostics.json';
import home from './home.json';
import lobby from './lobby.json';
import people from './people.json';
import player from './player.json';
import problems from './problems.json';
import room from './room.json';
import settings from './settings.json';
import ui from './ui.json';
import uploads from './uploads.json';

/** The same in German. The type refuses a missing key. */
export const de: typeof en = {
  app,
  auth,
  chat,
  connection,
  diagnostics,
  home,
  lobby,
  people,
  player,
  problems,
  room,
  settings,
  ui,
  uploads,
};
