import { startsWith } from './scene.ts'

/** Kinds of houses that sell: before a name they are part of it, and what they say is an answer. */

export const HOUSE =
  'công ty|cty|cửa hàng|tiệm|siêu thị|quán|nhà xe|spa|phòng khám|nha khoa|trung tâm|đại lý|xưởng|cơ sở|studio|phòng tập|nhà mạng|hãng|nhà hàng|khách sạn|gara|garage|salon|thẩm mỹ viện|hợp tác xã|doanh nghiệp|tập đoàn|nhà thuốc|nhà sách|điện máy|showroom|hộ kinh doanh|homestay|hệ thống|tạp hóa|cây xăng|ngân hàng số|ngân hàng|trại|vựa|chành xe|resort|nhà trọ|bưu cục|trường|head|cửa hiệu|hiệu thuốc|hiệu sách|hiệu kính|hiệu ảnh|hiệu vàng|quầy thuốc|xí nghiệp|nhà máy|công ti|htx|nhà phát hành|nhà sản xuất|đại lí'

const OF_HOUSE = startsWith(`shop|sốp|page|fanpage|nick|kênh|gian hàng|${HOUSE}`)

/** @returns whether the words begin with a kind of house: a seller's name, and no person's. */
export const namesHouse = (words: string): boolean => OF_HOUSE.test(words.normalize('NFC').toLowerCase().trim())

/** Trades that a house is called after; the same words also name things, so a place or a deed must stand beside them. */
export const TRADE =
  'mắt kính|kính mắt|áo cưới|nội thất|vàng bạc|xe máy|xe đạp|đồng hồ|giày dép|thời trang|mỹ phẩm|hoa tươi|trà sữa|bánh kem|máy tính|điện thoại|điện lạnh|điện nước|vật liệu xây dựng|nhôm kính|rèm cửa|chăn ga|đồ gỗ|trang sức|laptop|thú y|vật tư nông nghiệp|phân bón'

/** Houses whose words also mean other things: they name a seller only with a name in capitals right behind them. */
export const SMALL_HOUSE =
  'lò|sạp|quầy|gánh|đội thợ|đội|nhóm thợ|nhà phân phối|nhà cung cấp|nhà vườn|nhà thầu|nhà may|ban tổ chức|phòng gym|gym|phòng mạch|bãi xe|bến xe|câu lạc bộ|clb|bệnh viện|tổng đài|chuỗi|đơn vị|nền tảng|phần mềm|sàn giao dịch|trạm đổi pin|thợ chống thấm|đội thi công|bảo hiểm|app|ứng dụng|tổ hợp tác|chủ thầu|thầu|môi giới|đầu nậu|nhà hàng tiệc cưới|trường quay|ga ra|rạp|bè|vườn|nông trại|trại giống|thương lái|ban quản lý|ban quản trị|dịch vụ|khu vui chơi|hồ bơi|bể bơi|khu nghỉ dưỡng|khu du lịch|nhà nghỉ|karaoke|bưu điện|viễn thông|điện lực|phòng vé|trường mẫu giáo|mầm non|nhà trẻ|học viện|tổng kho|kho|văn phòng|nông trường|thế giới số|thế giới|giặt ủi|giặt là|tiệc cưới|đồ cưới|cho thuê|sân bóng|sân|tòa nhà|chung cư|trạm|lớp|công viên|rạp phim|nhà xuất bản|tạp chí|xe khách|xe limousine|xe bánh mì|xe nước mía|xe hủ tiếu|xe đẩy|gánh hàng|mạng|taxi|nhà đất|bất động sản'

/** What many a house begins its name with, written like a name: "ở Di Động Anh Khoa". What stands behind "ở" with any other capital is a place. */
export const NAMED_AFTER =
  'điện máy|điện tử|điện lạnh|điện nước|điện thoại|di động|nội thất|đồ gỗ|thời trang|mỹ phẩm|bách hóa|gia dụng|giày|dép|bánh|sport|store|shop|mobile|mart|beauty|spa|nông cơ|cơ khí|vật tư|phân bón|vàng bạc|trang sức|mắt kính|kính mắt|đồng hồ|áo cưới|studio|laptop|máy tính|xe máy|xe điện|xe đạp|hoa tươi|trà sữa|cà phê|cafe|coffee|thú y|nha khoa|thẩm mỹ|hải sản|trái cây|nông sản|gas|sách|văn phòng phẩm|nệm|chăn ga|rèm|nhôm kính|tôn|vật liệu|anh ngữ|gym|fitness|yoga|travel|du lịch|homestay|villa|resort|hotel|karaoke|pet|baby|mẹ và bé|mẹ bé|thế giới|siêu thị|sửa xe|sửa chữa|viễn thông|thuốc|dược|sức khỏe'

/** Before a name in capitals these say what kind of place it is in, not who sells. */
export const PLACES =
  'xã|phường|huyện|tỉnh|thành phố|tp|thị trấn|thị xã|quận|thôn|làng|buôn|ấp|xóm|khu phố|tổ|tổ dân phố|đường|phố|hẻm|ngõ|quốc lộ|cầu|ngã ba|ngã tư|chợ|núi|biển|sông|hồ(?! bơi)|đèo|quê|vùng|miền|phía|gần|bến|cổng|sân bay|ga|nhà ga|khu công nghiệp|kcn|hội|ủy ban|ubnd|công an|sở|huyện ủy|nước'

/** Places hereabouts that people name with capitals, where a seller might stand or where they live. */
export const LOCAL_NAMES = new Set(
  `gia lai|bình định|pleiku|plei ku|quy nhơn|qui nhơn|an nhơn|hoài nhơn|bồng sơn|tam quan|phù mỹ|phù cát|tuy phước|tây sơn|vĩnh thạnh|vân canh|an lão|hoài ân|diêu trì|phú phong|bình dương|nhơn hòa|nhơn hội|cát tiến|đập đá|ngô mây|ghềnh ráng|gành ráng|an khê|ayun pa|a yun pa|chư sê|chư prông|chư păh|chư pưh|đak đoa|đắk đoa|đak pơ|ia grai|ia pa|kbang|k bang|kông chro|krông pa|mang yang|phú thiện|đức cơ|ia krêl|biển hồ|trà bá|diên hồng|thống nhất|hội phú|yên đỗ|hoa lư`.split(
    '|',
  ),
)
/** These and others: provinces, towns, where one travels, countries. */
export const PLACE_NAMES = new Set([
  ...LOCAL_NAMES,
  ...`tây nguyên|kon tum|măng đen|đắk lắk|đăk lăk|buôn ma thuột|ban mê thuột|ban mê|đắk nông|lâm đồng|đà lạt|bảo lộc|phú yên|tuy hòa|khánh hòa|nha trang|cam ranh|ninh thuận|phan rang|bình thuận|phan thiết|mũi né|đà nẵng|quảng nam|hội an|quảng ngãi|lý sơn|dung quất|huế|thừa thiên huế|quảng trị|quảng bình|đồng hới|hà tĩnh|nghệ an|vinh|thanh hóa|sầm sơn|ninh bình|nam định|hà nam|thái bình|hải phòng|hải dương|hưng yên|bắc ninh|bắc giang|quảng ninh|hạ long|hà nội|vĩnh phúc|phú thọ|thái nguyên|lạng sơn|cao bằng|hà giang|lào cai|sa pa|sapa|yên bái|sơn la|điện biên|lai châu|hòa bình|tuyên quang|sài gòn|hồ chí minh|tp hcm|hcm|thủ đức|gò vấp|tân bình|bình thạnh|bình tân|chợ lớn|đồng nai|biên hòa|bình phước|tây ninh|long an|tiền giang|mỹ tho|bến tre|trà vinh|vĩnh long|đồng tháp|cao lãnh|an giang|châu đốc|long xuyên|kiên giang|rạch giá|phú quốc|cần thơ|hậu giang|sóc trăng|bạc liêu|cà mau|vũng tàu|bà rịa|côn đảo|cù lao xanh|eo gió|kỳ co|việt nam|trung quốc|hàn quốc|nhật bản|thái lan|đài loan|singapore|lào|campuchia|mỹ|úc|đức|pháp|canada|miền tây|miền nam|miền bắc|miền trung`.split(
    '|',
  ),
])
