import { Button } from '@midas-ds/components/button';
import { useApp } from '../../app/store.ts';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import styles from './HelpScreen.module.css';
import { MarkdownView } from './MarkdownView.tsx';
import { readMarkdown, withoutTerminal } from './markdown.ts';

/** The handbook goes with the program: every page is part of the build. */
const PAGES = Object.entries(
  import.meta.glob<string>('../../../docs/handbok/*.md', { query: '?raw', import: 'default', eager: true }),
)
  .map(([path, text]) => ({ name: path.split('/').at(-1) ?? path, text: withoutTerminal(text) }))
  .sort((one, other) =>
    one.name === 'README.md' ? -1 : other.name === 'README.md' ? 1 : one.name < other.name ? -1 : 1,
  );

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? '';
}

export function HelpScreen({ page }: { readonly page: string | null }) {
  const go = useApp((state) => state.go);
  const shown = PAGES.find(({ name }) => name === page) ?? PAGES[0];
  const open = (name: string): void => go({ screen: 'help', page: name });
  return (
    <Page isWide title={sv.help.title}>
      <div className={styles.columns}>
        <nav aria-label={sv.help.pages}>
          <ul className={styles.pages}>
            {PAGES.map(({ name, text }) => (
              <li key={name}>
                <Button
                  variant="tertiary"
                  size="medium"
                  aria-current={name === shown?.name ? 'page' : undefined}
                  onPress={() => open(name)}
                >
                  {titleOf(text)}
                </Button>
              </li>
            ))}
          </ul>
        </nav>
        <article className={styles.text}>
          {shown && (
            <MarkdownView
              blocks={readMarkdown(shown.text)}
              names={PAGES.map(({ name }) => name)}
              onOpen={open}
            />
          )}
        </article>
      </div>
    </Page>
  );
}
