export { NicknameField } from './NicknameField';
export { type Nickname, useNickname } from './use-nickname';
export { WhoEnters } from './WhoEnters';
