/** The beginnings of made-up names. */
export const FIRST_HALVES =
  'Bram Cald Dorn Elk Fen Gresk Hask Ister Jar Kest Lisk Mar Ner Oster Pel Quil Rusk Sald Tarn Ulv Vand Wex Yar Zev'.split(' ');

/** Their ends. */
export const SECOND_HALVES =
  'avor bight combe dale emere fold garth holm iken keld lorn mund nock oway quist rith sund thorpe vik yard'.split(' ');

/** What a company calls itself behind its name, and what it makes. */
export const TRADES: readonly (readonly [word: string, product: string])[] = [
  ['Thermal', 'high-temperature heat pumps'],
  ['Batteries', 'second-life battery racks'],
  ['Hydrogen', 'small electrolysers'],
  ['Membranes', 'membranes that take carbon dioxide out of flue gas'],
  ['Grid', 'software that moves loads to cheaper hours'],
  ['Robotics', 'robots that sort scrap metal'],
  ['Polymers', 'resins made from waste wood'],
  ['Water', 'plants that clean process water on site'],
  ['Sensors', 'sensors that find leaks in compressed air'],
  ['Kilns', 'electric kilns'],
  ['Biogas', 'digesters for food waste'],
  ['Ledger', 'software for carbon accounts'],
  ['Insulation', 'insulation for pipes and tanks'],
  ['Drives', 'drives that halve the current of old motors'],
  ['Cement', 'binders that replace clinker'],
  ['Solar', 'roofs that give heat and power at once'],
  ['Logistics', 'charging yards for electric lorries'],
  ['Textiles', 'yarn from worn-out clothes'],
  ['Steam', 'boilers that run on surplus power'],
  ['Optics', 'cameras that see gas'],
  ['Minerals', 'filters that extract lithium from brine'],
  ['Cooling', 'chillers without fluorine'],
  ['Storage', 'heat storage in crushed rock'],
  ['Analytics', 'software that shows where a plant wastes heat'],
];

/** What stands behind some names: what scripts, encodings, quotes, delimiters and widths of characters break on. */
export const AWKWARD_NAMES = ['Värme Öst AB', '«Север»', '太阳能', '🌱', '"Blue"', 'Sons; Ltd', "O'Neill & Søn", '日本 K.K.'];

/** Who buys from it. */
export const CUSTOMERS = [
  'breweries and dairies',
  'paper mills',
  'makers of car parts',
  'municipal utilities',
  'chemical plants',
  'steel works',
  'bakeries',
  'glass works',
  'operators of cold stores',
  'builders of housing',
  'ports and shipping lines',
  'data centres',
  'farmers and their co-operatives',
  'retail chains',
];

/** Country and city. */
export const IN_EUROPE: readonly (readonly [country: string, city: string])[] = [
  ['Austria', 'Graz'],
  ['Belgium', 'Ghent'],
  ['Czechia', 'Brno'],
  ['Denmark', 'Aarhus'],
  ['Estonia', 'Tartu'],
  ['Finland', 'Tampere'],
  ['France', 'Grenoble'],
  ['Germany', 'Karlsruhe'],
  ['Ireland', 'Cork'],
  ['Italy', 'Turin'],
  ['Netherlands', 'Eindhoven'],
  ['Norway', 'Trondheim'],
  ['Poland', 'Gdańsk'],
  ['Portugal', 'Braga'],
  ['Spain', 'Zaragoza'],
  ['Sweden', 'Malmö'],
  ['Switzerland', 'Zürich'],
  ['United Kingdom', 'Leeds'],
];

/** Country and city. */
export const ELSEWHERE: readonly (readonly [country: string, city: string])[] = [
  ['Australia', 'Perth'],
  ['Brazil', 'Curitiba'],
  ['Canada', 'Montréal'],
  ['India', 'Pune'],
  ['Japan', '京都市'],
  ['Singapore', 'Singapore'],
  ['South Korea', 'Daejeon'],
  ['United States', 'Pittsburgh'],
];

/** Ranges of employees, as the API writes them. */
export const SIZES = ['1-10', '11-50', '51-200', '201-500', '501-1000', '1001-5000'];

/** Why a criterion got its grade, by the grade. */
export const EXPLANATIONS: Readonly<Record<number, readonly string[]>> = {
  5: [
    'Its front page says so, and its list of customers confirms it.',
    'All sources confirm it. Two of them say so independently.',
    'This is its whole business. Its own pages and the trade press agree.',
  ],
  4: [
    'Its own pages confirm it. There is no second source.',
    'It fits, according to a report that is two years old.',
    'Most of its business fits, and nothing contradicts it.',
  ],
  3: [
    'Some of its business fits. The sources do not say how much.',
    'It is in a list of companies that fit, but its own pages do not mention it.',
    'It fitted in the past. It is unclear whether it still does.',
  ],
  2: ['One page suggests it, and nothing confirms it.', 'It says that it plans to, but it has not started.'],
  1: [
    'No source confirms it.',
    'Its own pages say otherwise.',
    'Its business is something else. The word only appears in a list of partners.',
  ],
};

/** The explanation if there is no grade. */
export const UNGRADED = 'There is too little information to grade this.';
