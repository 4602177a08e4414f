import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import typescript from 'typescript-eslint';

/** SQL stands only in store/ and repository.ts; everything else goes through a repository. */
const sqlOnlyInRepositories = {
  selector: "CallExpression[callee.property.name='prepare']",
  message: 'SQL hör hemma i main/store/ och */repository.ts.',
};
const noRawExec = {
  selector: "CallExpression[callee.property.name='exec'][callee.object.name=/^(db|database)$/]",
  message: 'db.exec() används bara i main/store/ (migreringar och pragmas).',
};
const noInterpolatedSql = {
  selector: "CallExpression[callee.property.name='prepare'] > TemplateLiteral[expressions.length>0]",
  message: 'SQL byggs inte ihop av strängar: använd parametrar.',
};

/** Every word that the window shows stands in renderer/text/. */
const noLiteralText = [
  {
    selector: 'JSXText[value=/\\p{L}{2}/u]',
    message: 'Texter hör hemma i renderer/text/.',
  },
  {
    selector:
      'JSXAttribute[name.name=/^(?:label|title|lead|description|placeholder|alt|aria-label|errorMessage)$/] > Literal[value=/\\p{L}{2}/u]',
    message: 'Texter hör hemma i renderer/text/.',
  },
];
/** What comes out of a vault is text. */
const noHtml = {
  selector:
    "JSXAttribute[name.name='dangerouslySetInnerHTML'], MemberExpression[property.name=/^(?:inner|outer)HTML$/]",
  message: 'Fönstret visar text, aldrig HTML.',
};

export default typescript.config(
  { ignores: ['node_modules/', 'dist/', 'demo/out/', 'coverage/'] },
  js.configs.recommended,
  ...typescript.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'WebSocket'],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Leaving a property out by naming it is clearer than building the rest by hand.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-restricted-syntax': ['error', sqlOnlyInRepositories, noRawExec],
    },
  },
  {
    files: ['main/store/**', '**/repository.ts', '**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', noInterpolatedSql] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'jsx-a11y': jsxA11y, 'react-hooks': reactHooks },
    rules: {
      ...jsxA11y.flatConfigs.strict.rules,
      ...reactHooks.configs.recommended.rules,
      // Midas and React Aria put the label in their own components.
      'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
      'no-restricted-syntax': ['error', ...noLiteralText, noHtml],
      // There is no React Compiler here to be told of.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable' } },
  },
  {
    // The two programs a person starts may print; nothing else may.
    files: ['main/shell/cli/**', 'main/shell/start.mjs', 'demo/**', 'main/audit/verify-audit.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', Buffer: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);
