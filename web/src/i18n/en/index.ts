import type { Code } from '@/api/generated/protocol';
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

/** Every text of the application in English; the shape that every other language has to fill. */
export const en = {
  app,
  auth,
  chat,
  connection,
  diagnostics,
  home,
  lobby,
  people,
  player,
  // Every code of the contract has its words, or this does not compile.
  problems: problems satisfies Record<Code | 'network' | 'unknown', string>,
  room,
  settings,
  ui,
  uploads,
};
