/** What the room tells of itself in the chat, in the reader's words. */

import type { TFunction } from 'i18next';
import type { ChatMessage, SystemEvent } from '@/api/generated/protocol';
import { formatMediaTime, formatNames } from '@/lib/format';

export function systemWords(message: ChatMessage, event: SystemEvent, t: TFunction, locale: string): string {
  const who = message.authorName || t('chat.system.room');
  switch (event.event) {
    case 'joined':
      return t('chat.system.joined', { who });
    case 'left':
      return t('chat.system.left', { who });
    case 'played':
      return t('chat.system.played', { who, position: formatMediaTime(event.positionMs) });
    case 'paused':
      return t('chat.system.paused', { who, position: formatMediaTime(event.positionMs) });
    case 'sought':
      return t('chat.system.sought', { who, position: formatMediaTime(event.positionMs) });
    case 'rate_changed':
      return t('chat.system.rate_changed', { who, rate: `${new Intl.NumberFormat(locale).format(event.rate)}×` });
    case 'source_changed':
      return event.title === ''
        ? t('chat.system.source_removed')
        : t('chat.system.source_changed', { who, title: event.title });
    case 'ended':
      return t('chat.system.ended');
    case 'went_on_without':
      return t('chat.system.went_on_without', { names: formatNames(event.names, locale) });
    case 'owner_changed':
      return t('chat.system.owner_changed', { who });
    case 'kicked':
      return sentOutWords(who, event, t);
  }
}

function sentOutWords(
  who: string,
  { reason, banned }: Extract<SystemEvent, { event: 'kicked' }>,
  t: TFunction,
): string {
  if (reason === undefined) return banned ? t('chat.system.banned', { who }) : t('chat.system.kicked', { who });
  return banned ? t('chat.system.bannedWhy', { who, reason }) : t('chat.system.kickedWhy', { who, reason });
}
