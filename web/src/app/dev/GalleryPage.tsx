import { Bell, Copy, Film, Link2, LogOut, Pause, Play, Trash2, Upload, Volume2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Avatar, AvatarStack } from '@/ui/Avatar';
import { Button, type ButtonVariant } from '@/ui/Button';
import { CountdownRing } from '@/ui/CountdownRing';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import { Key } from '@/ui/Key';
import { Menu } from '@/ui/Menu';
import { Panel } from '@/ui/Panel';
import { PasswordField } from '@/ui/PasswordField';
import { Popover } from '@/ui/Popover';
import { ProgressBar } from '@/ui/ProgressBar';
import { Ring } from '@/ui/Ring';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { Slider } from '@/ui/Slider';
import { Switch } from '@/ui/Switch';
import { Tabs } from '@/ui/Tabs';
import { TextField } from '@/ui/TextField';
import { Toast } from '@/ui/Toast';
import { toast } from '@/ui/toast-store';

/** Every component in every state, in both themes side by side. For developers' eyes; its texts are not translated. */
export function GalleryPage() {
  return (
    <div className="grid lg:grid-cols-2">
      <Gallery scheme="dark" />
      <Gallery scheme="light" />
    </div>
  );
}

function Gallery({ scheme }: { scheme: 'dark' | 'light' }) {
  return (
    <div data-scheme={scheme} className="page-light flex flex-col gap-8 p-8 text-ink">
      <h1 className="font-semibold text-xl">{scheme}</h1>
      <Buttons />
      <Fields />
      <People />
      <Progress />
      <Layers />
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel className="flex flex-col gap-5 p-6">
      <h2 className="font-semibold text-base text-dim">{title}</h2>
      {children}
    </Panel>
  );
}

const VARIANTS: ButtonVariant[] = ['primary', 'secondary', 'quiet', 'danger'];

function Buttons() {
  return (
    <Section title="Buttons">
      {VARIANTS.map((variant) => (
        <div key={variant} className="flex flex-wrap items-center gap-3">
          <Button variant={variant} size="lg" icon={<Play size={18} fill="currentColor" />}>
            Start a room
          </Button>
          <Button variant={variant}>Medium</Button>
          <Button variant={variant} size="sm">
            Small
          </Button>
          <Button variant={variant} busy>
            Busy
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <IconButton label="Play" shortcut="Space" icon={<Play size={20} />} />
        <IconButton label="Pause" active icon={<Pause size={20} />} />
        <IconButton label="Volume" size="sm" icon={<Volume2 size={18} />} />
        <IconButton label="Disabled" disabled icon={<Bell size={20} />} />
        <Menu
          trigger={<Button size="sm">Menu</Button>}
          entries={[
            { kind: 'label', label: 'Room' },
            { kind: 'item', label: 'Copy invite link', icon: <Copy size={16} />, onSelect: () => undefined },
            { kind: 'choice', label: 'Chat over the picture', checked: true, onSelect: () => undefined },
            { kind: 'separator' },
            { kind: 'item', label: 'Leave room', icon: <LogOut size={16} />, danger: true, onSelect: () => undefined },
          ]}
        />
        <Key>Space</Key>
        <Key>F</Key>
      </div>
    </Section>
  );
}

function Fields() {
  const [volume, setVolume] = useState(40);
  const [on, setOn] = useState(true);
  const [size, setSize] = useState<'2' | '5'>('5');
  const [tab, setTab] = useState<'upload' | 'link' | 'films'>('upload');
  return (
    <Section title="Fields">
      <TextField label="Nickname" defaultValue="Brave Otter 42" hint="This is how the others see you." />
      <TextField label="E-mail" defaultValue="ada@" error="That does not look like an e-mail address." />
      <TextField label="Disabled" defaultValue="Nothing to change" disabled />
      <PasswordField label="Password" defaultValue="correct horse" />
      <Select
        label="Places"
        value={size}
        options={[
          { value: '2', label: '2 people', hint: 'One screen each, or one for both.' },
          { value: '5', label: '5 people' },
        ]}
        onChange={setSize}
      />
      <Switch label="Sounds" hint="When somebody comes or writes" checked={on} onChange={setOn} />
      <Switch label="Disabled" checked={false} disabled onChange={() => undefined} />
      <Slider label="Volume" value={volume} max={100} onChange={setVolume} />
      <Slider label="Disabled" value={60} max={100} disabled onChange={() => undefined} />
      <Tabs
        label="Bring a film"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'upload', label: 'Upload', icon: <Upload size={16} />, content: 'Drop a film here.' },
          { id: 'link', label: 'Link', icon: <Link2 size={16} />, content: 'Paste a link.' },
          { id: 'films', label: 'My films', icon: <Film size={16} />, content: 'Your films.' },
        ]}
      />
    </Section>
  );
}

const NAMES = ['Ada', 'Ben Okafor', 'Chioma', 'دانا', '🦊 Fuchs', 'Maximiliane von Hohenlohe', 'Émile Zola', '李 小龙'];

function People() {
  return (
    <Section title="People">
      <div className="flex flex-wrap items-center gap-4">
        {NAMES.map((name, colour) => (
          <span key={name} className="flex items-center gap-2 text-sm">
            <Avatar
              name={name}
              colour={colour}
              sync={(['good', 'soft', 'off', 'unknown'] as const)[colour % 4] ?? 'good'}
            />
            {name}
          </span>
        ))}
      </div>
      <div className="flex items-center gap-4">
        <Avatar name="Ada" colour={1} size="lg" />
        <Avatar name="Ada" colour={1} size="sm" away />
        <AvatarStack people={NAMES.map((name, colour) => ({ name, colour }))} />
        <Ring state="good" label="In step" />
        <Ring state="soft" label="Nearly in step" />
        <Ring state="off" label="Out of step" />
        <Ring state="unknown" label="Not known yet" />
        <Ring state="connecting" label="Connecting" />
        <CountdownRing seconds={7} ofSeconds={10} />
      </div>
    </Section>
  );
}

function Progress() {
  return (
    <Section title="Progress and absence">
      <ProgressBar label="Upload" value={0.62} />
      <ProgressBar label="Paused" value={0.3} paused />
      <ProgressBar label="Working" />
      <div className="flex gap-4">
        <Skeleton className="h-16 w-28 rounded-md" />
        <div className="flex flex-1 flex-col gap-2">
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      </div>
      <EmptyState
        icon={<Film size={26} />}
        title="No films yet"
        text="Upload one and it is ready for every evening after."
        action={
          <Button variant="primary" icon={<Upload size={18} />}>
            Upload a film
          </Button>
        }
      />
    </Section>
  );
}

function Layers() {
  const [open, setOpen] = useState(false);
  const [popover, setPopover] = useState(false);
  return (
    <Section title="Floating">
      <Toast entry={{ id: 1, text: 'Link copied', tone: 'good', durationMs: 1e9 }} onClose={() => undefined} />
      <Toast
        entry={{
          id: 2,
          text: 'Film removed',
          durationMs: 1e9,
          action: { label: 'Undo', run: () => undefined },
        }}
        onClose={() => undefined}
      />
      <Toast entry={{ id: 3, text: 'Your space is full.', tone: 'alert', durationMs: 1e9 }} onClose={() => undefined} />
      <div className="flex gap-2">
        <Button onClick={() => setOpen(true)}>Open a dialog</Button>
        <Button onClick={() => toast({ text: 'Ada paused at 12:04' })}>Show a toast</Button>
        <Popover
          title="A few controls"
          open={popover}
          onOpenChange={setPopover}
          trigger={<Button>Open a popover</Button>}
        >
          <Switch label="Relaxed" hint="Leaves small differences alone." checked onChange={() => undefined} />
        </Popover>
      </div>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete this film?"
        description="It is gone for everybody. Rooms that planned to watch it will need another."
        actions={
          <>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button variant="danger" icon={<Trash2 size={18} />} onClick={() => setOpen(false)}>
              Delete film
            </Button>
          </>
        }
      />
    </Section>
  );
}
