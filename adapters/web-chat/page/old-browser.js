/* For browsers without modules: they cannot run the chat. Written in the JavaScript of 1999, so that it runs everywhere. */
var opening = document.getElementById('opening')
if (opening) {
  opening.className = 'strong'
  opening.innerHTML = ''
  opening.appendChild(
    document.createTextNode(
      'Trình duyệt này cũ quá nên chưa hỏi được ở đây. Bạn mở bằng máy khác hoặc cập nhật trình duyệt, hoặc gọi tổng đài quốc gia 1800.6838 (miễn phí).',
    ),
  )
}
