import { extname } from 'node:path';

const BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['.csv', 'text/csv; charset=utf-8'],
  ['.cwl', 'application/cwl'],
  ['.geojson', 'application/geo+json'],
  ['.gif', 'image/gif'],
  ['.gz', 'application/gzip'],
  ['.h5', 'application/x-hdf5'],
  ['.hdf', 'application/x-hdf'],
  ['.hdf5', 'application/x-hdf5'],
  ['.he5', 'application/x-hdf5'],
  ['.htm', 'text/html; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.jp2', 'image/jp2'],
  ['.jpeg', 'image/jpeg'],
  ['.jpg', 'image/jpeg'],
  ['.json', 'application/json'],
  ['.kml', 'application/vnd.google-earth.kml+xml'],
  ['.log', 'text/plain; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.nc', 'application/x-netcdf'],
  ['.nc4', 'application/x-netcdf'],
  ['.parquet', 'application/vnd.apache.parquet'],
  ['.pdf', 'application/pdf'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.tar', 'application/x-tar'],
  ['.tif', 'image/tiff'],
  ['.tiff', 'image/tiff'],
  ['.tsv', 'text/tab-separated-values; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.xml', 'application/xml'],
  ['.yaml', 'application/yaml'],
  ['.yml', 'application/yaml'],
  ['.zip', 'application/zip'],
]);

/** What a file of this name is served as; its content is never guessed at. */
export function contentTypeOf(fileName: string): string {
  return BY_EXTENSION.get(extname(fileName).toLowerCase()) ?? 'application/octet-stream';
}

/** The same without parameters, as descriptions and result lists name it. */
export function mediaTypeOf(fileName: string): string {
  return contentTypeOf(fileName).replace(/;.*$/, '');
}
