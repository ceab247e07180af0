/** Who may do what in a room, as the server sees it too (ROOM-4, SYNC-12): here to say it before, there to enforce it. */

import type { Code, Participant, ParticipantId, RoomView } from '@/api/generated/protocol';

export type Permission = { allowed: true } | { allowed: false; why: Code };

const YES: Permission = { allowed: true };
const no = (why: Code): Permission => ({ allowed: false, why });

/** What the table needs to know of a room. */
export type RoomRules = Pick<RoomView, 'ownerId' | 'settings' | 'participants' | 'video'>;

export const can = {
  /** Play, pause, seek, change the speed, the film or the queue. */
  control(room: RoomRules, me: ParticipantId): Permission {
    if (room.ownerId === me) return YES;
    const { playbackControl } = room.settings;
    if (playbackControl === 'all') return YES;
    const selected = playbackControl === 'selected' && person(room, me)?.selected === true;
    return selected ? YES : no('not_allowed_to_control');
  },

  /** Move the film that is there: a right, and something to use it on. */
  move(room: RoomRules, me: ParticipantId): Permission {
    const control = can.control(room, me);
    if (!control.allowed) return control;
    if (room.video === null) return no('no_source');
    return room.video.playable ? YES : no('source_not_ready');
  },

  write(room: RoomRules, me: ParticipantId): Permission {
    if (!room.settings.chat) return no('chat_off');
    const silentGuest = person(room, me)?.role === 'guest' && !room.settings.guestChat;
    return silentGuest ? no('guest_chat_off') : YES;
  },

  /** Settings, control rights, bans: everything that is the owner's. */
  manage(room: RoomRules, me: ParticipantId): Permission {
    return room.ownerId === me ? YES : no('only_owner');
  },

  sendOut(room: RoomRules, me: ParticipantId, target: ParticipantId): Permission {
    if (target === room.ownerId && room.settings.ownerLock) return no('owner_is_locked');
    if (target === me) return no('not_self');
    return can.manage(room, me);
  },

  makeOwner(room: RoomRules, me: ParticipantId, target: ParticipantId): Permission {
    return target === room.ownerId ? no('not_self') : can.manage(room, me);
  },

  /** Name who takes over when the owner is away (OWN-2). */
  delegate(room: RoomRules, me: ParticipantId, target: ParticipantId): Permission {
    return target === room.ownerId ? no('not_self') : can.manage(room, me);
  },

  /** Give or take control by name, which means something only where control goes by name. */
  select(room: RoomRules, me: ParticipantId, target: ParticipantId): Permission {
    if (target === room.ownerId) return no('not_self');
    return can.manage(room, me);
  },
};

function person(room: RoomRules, id: ParticipantId): Participant | undefined {
  return room.participants.find((participant) => participant.id === id);
}
