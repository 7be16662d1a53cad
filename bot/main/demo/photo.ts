/** A picture that somebody in the demonstration sends: a drawn bill on a table. It shows nothing of anybody. */
import sharp from 'sharp'

const [WIDTH, HEIGHT] = [640, 480]

/** @returns a PNG; another number gives another picture. */
export function drawPhoto(number: number): Promise<Buffer> {
  const hue = (number * 47) % 360
  const rows = Array.from({ length: 6 }, (_, row) => rowAt(150 + row * 38, 120 + (((number + 1) * (row + 3) * 31) % 160)))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="hsl(${hue},35%,45%)"/><rect x="150" y="40" width="340" height="400" fill="#fdfcf7"/>
    <text x="320" y="100" font-size="26" font-family="sans-serif" text-anchor="middle" fill="#333">ẢNH TRÌNH DIỄN ${number}</text>${rows.join('')}</svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

function rowAt(y: number, width: number): string {
  return `<rect x="180" y="${y}" width="${width}" height="12" fill="#999"/><rect x="400" y="${y}" width="60" height="12" fill="#555"/>`
}
