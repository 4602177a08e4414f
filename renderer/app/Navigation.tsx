import {
  BookOpen,
  BookText,
  ClipboardList,
  KeyRound,
  LayoutDashboard,
  Scale,
  Settings,
  ShieldCheck,
  Users,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { sv } from '../text/sv.ts';
import styles from './Navigation.module.css';
import { sectionOf, type Route } from './routes.ts';
import { useApp } from './store.ts';

interface Entry {
  readonly route: Route;
  readonly name: string;
  readonly icon: LucideIcon;
}

const ENTRIES: readonly Entry[] = [
  { route: { screen: 'overview' }, name: sv.shell.overview, icon: LayoutDashboard },
  { route: { screen: 'incidents' }, name: sv.shell.incidents, icon: ClipboardList },
  { route: { screen: 'register' }, name: sv.shell.register, icon: BookText },
  { route: { screen: 'keys' }, name: sv.shell.keys, icon: KeyRound },
  { route: { screen: 'rules' }, name: sv.shell.rules, icon: Scale },
  { route: { screen: 'users' }, name: sv.shell.users, icon: Users },
  { route: { screen: 'audit' }, name: sv.shell.audit, icon: ShieldCheck },
  { route: { screen: 'settings' }, name: sv.shell.settings, icon: Settings },
  { route: { screen: 'help', page: null }, name: sv.shell.help, icon: BookOpen },
];

export function Navigation() {
  const current = useApp((state) => sectionOf(state.route));
  const go = useApp((state) => state.go);
  return (
    <nav className={styles.navigation} aria-label={sv.shell.navigation}>
      <ul>
        {ENTRIES.map(({ route, name, icon: Icon }) => (
          <li key={route.screen}>
            <button
              type="button"
              aria-current={current === route.screen ? 'page' : undefined}
              onClick={() => go(route)}
            >
              <Icon size={20} aria-hidden="true" />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
