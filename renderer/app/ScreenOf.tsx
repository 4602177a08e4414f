import { lazy, Suspense, type ReactNode } from 'react';
import { Loading } from '../components/Loading.tsx';
import { IncidentScreen } from '../features/incident/IncidentScreen.tsx';
import { IncidentsScreen } from '../features/incidents/IncidentsScreen.tsx';
import { OverviewScreen } from '../features/overview/OverviewScreen.tsx';
import type { Route } from './routes.ts';

const NewIncidentScreen = lazy(async () => ({
  default: (await import('../features/new-incident/NewIncidentScreen.tsx')).NewIncidentScreen,
}));
const ReportScreen = lazy(async () => ({
  default: (await import('../features/report/ReportScreen.tsx')).ReportScreen,
}));
const DispatchScreen = lazy(async () => ({
  default: (await import('../features/dispatch/DispatchScreen.tsx')).DispatchScreen,
}));
const PortalScreen = lazy(async () => ({
  default: (await import('../features/portal/PortalScreen.tsx')).PortalScreen,
}));
const CallScreen = lazy(async () => ({
  default: (await import('../features/call/CallScreen.tsx')).CallScreen,
}));
const RegisterScreen = lazy(async () => ({
  default: (await import('../features/register/RegisterScreen.tsx')).RegisterScreen,
}));
const KeysScreen = lazy(async () => ({
  default: (await import('../features/keys/KeysScreen.tsx')).KeysScreen,
}));
const RulesScreen = lazy(async () => ({
  default: (await import('../features/rules/RulesScreen.tsx')).RulesScreen,
}));
const UsersScreen = lazy(async () => ({
  default: (await import('../features/users/UsersScreen.tsx')).UsersScreen,
}));
const AuditScreen = lazy(async () => ({
  default: (await import('../features/audit/AuditScreen.tsx')).AuditScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen,
}));
const HelpScreen = lazy(async () => ({
  default: (await import('../features/help/HelpScreen.tsx')).HelpScreen,
}));

/** The screen of a route. What is not needed at the start is loaded when it is first shown. */
export function ScreenOf({ route }: { readonly route: Route }) {
  return <Suspense fallback={<Loading />}>{screenOf(route)}</Suspense>;
}

function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case 'overview':
      return <OverviewScreen />;
    case 'incidents':
      return <IncidentsScreen />;
    case 'new-incident':
      return <NewIncidentScreen />;
    case 'incident':
      return <IncidentScreen key={route.draft} incident={route.incident} draft={route.draft ?? null} />;
    case 'call':
      return <CallScreen incident={route.incident} />;
    case 'report':
      return (
        <ReportScreen
          incident={route.incident}
          form={route.form}
          version={route.version ?? 'full'}
          supplement={route.supplement ?? false}
          isMasked={route.isMasked === true}
          field={route.field}
        />
      );
    case 'portal':
      return (
        <PortalScreen
          incident={route.incident}
          form={route.form}
          supplement={route.supplement}
          isMasked={route.isMasked}
        />
      );
    case 'dispatch':
      return (
        <DispatchScreen
          incident={route.incident}
          form={route.form}
          version={route.version}
          supplement={route.supplement ?? false}
          isMasked={route.isMasked === true}
          draft={route.draft ?? null}
        />
      );
    case 'register':
      return <RegisterScreen key={route.tab} tab={route.tab} />;
    case 'keys':
      return <KeysScreen />;
    case 'rules':
      return <RulesScreen />;
    case 'users':
      return <UsersScreen />;
    case 'audit':
      return <AuditScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'help':
      return <HelpScreen page={route.page} />;
  }
}
