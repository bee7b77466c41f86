import { offerMenu } from './menu.js';
import { markCurrentSection } from './contents.js';
import { offerCopying } from './copy.js';
import { offerSearch } from './search.js';
import { offerThemes } from './themes.js';

offerMenu();
offerSearch();
offerThemes();
offerCopying();
markCurrentSection();
