/** First words of what people buy, by kind of trade: where no verb of buying names the goods, the first of these words does. */

const THINGS =
  // electrical and household
  'điện thoại|máy tính bảng|máy tính|máy giặt|máy lạnh|máy lọc nước|máy lọc không khí|máy bơm|máy khoan|máy cưa|máy cắt cỏ|máy phát điện|máy xay|máy ép|máy sấy|máy hút bụi|máy rửa|máy in|máy ảnh|máy quay|máy massage|máy trợ thính|máy đo|máy may|máy phun|máy cày|máy dò|máy pha|máy chiếu|máy chơi game|điều hòa|tủ lạnh|tủ đông|tủ mát|tủ bếp|tủ quần áo|tủ áo|tủ giày|tủ sấy|tivi|ti vi|loa kéo|loa bluetooth|dàn loa|amply|micro|nồi chiên|nồi cơm|nồi áp suất|nồi lẩu|bếp từ|bếp ga|bếp gas|bếp hồng ngoại|bếp điện|lò vi sóng|lò nướng|ấm siêu tốc|bình nóng lạnh|bình gas|bình ga|bình ắc quy|bình đun|quạt|bàn ủi|bàn là|bàn phím|bàn ghế|bàn học|bàn trà|bàn ăn|ghế sofa|ghế massage|ghế ăn dặm|ghế công thái học|sofa|giường|nệm|đệm|chăn ga|ga giường|drap|rèm cửa|rèm|màn cửa|thảm|kệ sách|kệ tivi|kệ giày|camera|ổ cứng|thẻ nhớ|laptop|ipad|iphone|macbook|airpod|airpods|smartwatch|đồng hồ|tai nghe|củ sạc|cục sạc|sạc dự phòng|pin dự phòng|cáp sạc|ốp lưng|bàn chải điện|chuột máy tính|màn hình|card đồ họa|robot hút bụi|nhông sên|lốp xe|vỏ xe|bình xăng|nạp game|mũ bảo hiểm|nón bảo hiểm|xe đạp|xe máy|xe điện|xe tay ga|xe lăn|xe đẩy|xe ô tô|xe hơi|xe tải|xe ba bánh|điện mặt trời|tấm pin|năng lượng mặt trời|' +
  // clothes, beauty, health
  'quần áo|áo dài|áo khoác|áo thun|áo sơ mi|áo cưới|áo mưa|váy cưới|đầm|váy|quần jean|quần tây|đồ bộ|đồ lót|giày|dép|túi xách|balo|ba lô|vali|ví da|thắt lưng|mắt kính|kính mát|kính cận|kính áp tròng|nhẫn|dây chuyền|vòng tay|bông tai|lắc tay|son môi|kem chống nắng|kem trộn|kem dưỡng|kem trị|kem nền|nước hoa|sữa rửa mặt|sữa tắm|dầu gội|mặt nạ|serum|mỹ phẩm|sáp vuốt tóc|thuốc|thực phẩm chức năng|viên uống|cao xoa|dầu gió|sâm|đông trùng|yến sào|collagen|đai massage|miếng dán|que thử|liệu trình|trị nám|trị mụn|niềng răng|trồng răng|bọc răng|tẩy trắng răng|trám răng|cấy chỉ|nâng mũi|cắt mí|phun môi|phun mày|phun xăm|xăm|nối mi|làm tóc|uốn tóc|nhuộm tóc|duỗi tóc|tắm trắng|triệt lông|massage|' +
  // food and farm
  'sữa bột|sữa non|sữa tươi|sữa|bánh kem|bánh trung thu|bánh mì|bánh sinh nhật|hải sản|tôm hùm|nước mắm|nước ngọt|bia|rượu|trái cây|sầu riêng|hạt điều|cà phê|hồ tiêu|mật ong|thịt bò|thịt heo|heo quay|gà|vịt|gạo|trà sữa|phân bón|phân đạm|phân npk|phân|thuốc trừ sâu|thuốc bảo vệ thực vật|thuốc cỏ|cám|thức ăn chăn nuôi|lúa giống|hạt giống|cây giống|con giống|giống|bò giống|heo giống|cây mai|cây cảnh|chậu cây|bó hoa|giỏ hoa|hoa|lẵng hoa|cá cảnh|chó|mèo|xăng|dầu nhớt|nhớt|gas|' +
  // building
  'tôn|xi măng|gạch men|gạch ống|cát|sắt|thép|sơn nước|cửa nhôm|cửa cuốn|cửa sắt|cửa gỗ|bồn nước|bồn cầu|vòi nước|vòi sen|bồn rửa|' +
  // services and papers
  'khóa học|khoá học|gói trị nám|gói tập gym|gói nhạc chờ|nhạc chờ|gói tài khoản|gói truyền hình|dịch vụ nhạc chờ|lớp luyện thi|học hè|học bơi|học thêm|răng sứ|đi dây điện|vệ sinh máy|đại tu|quấn mô tơ|mô tơ|rút hầm cầu|máy cày|giặt thảm|khóa bơi|khoá bơi|lớp học|học phí|bằng lái|học lái xe|gia sư|du học|tour|vé máy bay|vé xe|vé tàu|vé số|vé xem|vé concert|vé|phòng khách sạn|phòng nghỉ|phòng trọ|homestay|mâm cỗ|tiệc cưới|tiệc|mâm|trang điểm|chụp ảnh|chụp hình|album|quay phim|thẻ tập|gói tập|thẻ gym|thẻ hội viên|thẻ cào|thẻ game|sim|gói cước|cước|internet|mạng|wifi|mạng internet|truyền hình|cáp quang|tiền điện|tiền nước|nước máy|nước sạch|bảo hiểm nhân thọ|bảo hiểm xe|bảo hiểm|hợp đồng bảo hiểm|kỳ nghỉ|khoản vay|vay tiền|tài khoản|phí gửi xe|phí quản lý|phí dịch vụ|phí sms|đất nền|căn hộ|lô đất|nhà trọ|chuyển nhà|vận chuyển|giặt ủi|giặt sấy|giặt đồ|gói chạy quảng cáo|nước giặt|bột giặt|sửa xe|sửa máy|sửa điện thoại|rửa xe|vàng|sách|truyện|bộ sách|đồ chơi|lego|mô hình|xếp hình|thú bông|búp bê|tã|bỉm|nôi|cũi|bình sữa|xe tập đi|đàn|guitar|piano|vợt|bóng|máy chạy bộ|kính|sim số đẹp|pin|loa|nồi|chảo|bếp|tủ|bàn|ghế|áo|quần|túi|ví|son|kem|khẩu trang|đèn|ổ cắm|khóa cửa|khoá cửa|két sắt|cân điện tử|cân|ấm chén|bát đĩa|chén|ly|bình giữ nhiệt|dao|kéo|tranh|tượng|lồng'

const ALL_WORDS = THINGS.split('|')

/** Single syllables that mean other things too: a verb of buying, a number or a counter must stand before them. */
const ONE_SYLLABLE = ALL_WORDS.filter((word) => !word.includes(' '))
/** Of these the following name a thing wherever they stand, in a text with marks. */
const CLEAR = new Set(
  'tủ ghế áo quần váy giày dép nhẫn nồi chảo bếp loa sữa gạo sofa camera nệm rèm laptop iphone ipad macbook internet wifi collagen serum massage vali balo tour sâm tivi giường'.split(
    ' ',
  ),
)

/** People have these themselves: "không có điện thoại". */
const OF_PEOPLE = new Set(['điện thoại', 'tài khoản', 'vay tiền', 'con giống', 'xe máy', 'xe đạp', 'vận chuyển'])

/** The longer first: "tủ lạnh" before "tủ". */
const sorted = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|')

/** All of them. */
export const HEADS = sorted(ALL_WORDS)
/** Those that need no word beside them, in a text with marks. */
export const HEADS_ALONE = sorted(ALL_WORDS.filter((word) => (word.includes(' ') || CLEAR.has(word)) && !OF_PEOPLE.has(word)))
/** In a text without marks only what means nothing else. */
export const HEADS_WITHOUT_MARKS = sorted(ALL_WORDS.filter((word) => !ONE_SYLLABLE.includes(word) || /^[a-z]{4,}$/.test(word)))
