import { loadTexts } from './catalogue';

await loadTexts();
